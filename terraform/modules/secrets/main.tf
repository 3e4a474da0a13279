# The value is set outside Terraform, or it would be readable in the state and in every plan:
#   aws secretsmanager put-secret-value --secret-id <name> --secret-string file://value.json
# Rotation (CKV2_AWS_57) needs a function that knows what the value is for, and is left to whoever
# puts the first value in.
resource "aws_secretsmanager_secret" "this" {
  name        = "${var.name_prefix}-application"
  description = "Secrets of the application of ${var.name_prefix}"
  kms_key_id  = var.kms_key_arn

  # At 0 the name is free again at once, so that an unprotected environment can be destroyed and
  # built anew.
  recovery_window_in_days = var.deletion_protection ? 30 : 0

  tags = { Name = "${var.name_prefix}-application" }
}
