data "aws_caller_identity" "this" {}

locals {
  account_id = data.aws_caller_identity.this.account_id

  # The rules that hold for both buckets are written once, over this map.
  buckets = {
    data = {
      name        = var.data_bucket_name
      kms_key_arn = var.kms_key_arn
    }
    logs = {
      name = var.logs_bucket_name
      # Load balancers cannot write to a bucket that encrypts with KMS: this one uses SSE-S3.
      kms_key_arn = null
    }
  }

  # { AWS = "*" } is everyone, like "*"; the local emulator reads only this form.
  tls_only_statements = {
    for key, bucket in aws_s3_bucket.this : key => [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*"
      Resource  = [bucket.arn, "${bucket.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  }

  # Who may deliver logs here. ELB's own delivery alone is held to the account by its path and not to
  # the load balancer by aws:SourceArn: ELB does not reliably send that key, not even with the test
  # object it writes when logging is switched on, and the load balancer is refused without it.
  log_delivery_statements = [
    {
      Sid       = "LoadBalancerAccessLogs"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.this["logs"].arn}/AWSLogs/${local.account_id}/*"
    },
    {
      Sid       = "DataBucketAccessLogs"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.this["logs"].arn}/${local.access_log_prefix}*"
      Condition = {
        ArnEquals    = { "aws:SourceArn" = aws_s3_bucket.this["data"].arn }
        StringEquals = { "aws:SourceAccount" = local.account_id }
      }
    },
  ]

  bucket_policy_statements = {
    data = local.tls_only_statements.data
    logs = concat(local.tls_only_statements.logs, local.log_delivery_statements)
  }

  access_log_prefix = "s3/${var.data_bucket_name}/"
}

# Knowingly without cross-region replication (CKV_AWS_144): versioning and deletion protection guard
# against mistakes, and a copy in another region is not asked for. Knowingly without event
# notifications (CKV2_AWS_62): nothing consumes them; the application announces work on its queues.
resource "aws_s3_bucket" "this" {
  for_each = local.buckets

  bucket        = each.value.name
  force_destroy = !var.deletion_protection

  tags = { Name = each.value.name }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = aws_s3_bucket.this

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    bucket_key_enabled = local.buckets[each.key].kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = local.buckets[each.key].kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = local.buckets[each.key].kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.bucket_policy_statements[each.key]
  })

  # S3 answers 409 when a bucket's policy and its public access block change at the same time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

# The logs bucket does not log its own access: every log object would cause another.
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.this["data"].id
  target_bucket = aws_s3_bucket.this["logs"].id
  target_prefix = local.access_log_prefix

  # S3 refuses a target whose policy does not admit the delivery yet.
  depends_on = [aws_s3_bucket_policy.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "data" {
  bucket = aws_s3_bucket.this["data"].id

  rule {
    id     = "abort-incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  # A version is the way back from an overwrite or a deletion, for this long.
  rule {
    id     = "expire-old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }
  }

  # The tiers without opt-in only: the archive tiers would make the API wait hours for an object.
  dynamic "rule" {
    for_each = var.enable_intelligent_tiering ? [true] : []

    content {
      id     = "intelligent-tiering"
      status = "Enabled"

      filter {}

      transition {
        days          = 0
        storage_class = "INTELLIGENT_TIERING"
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.this["logs"].id

  rule {
    id     = "expire-logs"
    status = "Enabled"

    filter {}

    expiration {
      days = var.log_retention_days
    }

    # Log objects are never overwritten; what becomes noncurrent has expired.
    noncurrent_version_expiration {
      noncurrent_days = 1
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
