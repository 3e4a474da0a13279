output "instance_profile_name" {
  description = "Name of the instance profile, once its role may do its work."
  value       = aws_iam_instance_profile.this.name

  # An instance that boots before its permissions exist fails to start the application.
  depends_on = [aws_iam_role_policy.this]
}
