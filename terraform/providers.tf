provider "aws" {
  region = var.aws_region

  # A pinned account turns credentials for the wrong account into an error before anything is read.
  allowed_account_ids = var.aws_account_id == null ? null : [var.aws_account_id]

  dynamic "assume_role" {
    for_each = var.assume_role_arn == null ? [] : [var.assume_role_arn]

    content {
      role_arn     = assume_role.value
      session_name = "terraform-${local.name_prefix}"
    }
  }

  default_tags {
    tags = local.tags
  }
}
