locals {
  queue_names             = { for key in keys(var.configurations) : key => "${var.name_prefix}-processing-${key}.fifo" }
  dead_letter_queue_names = { for key in keys(var.configurations) : key => "${var.name_prefix}-processing-${key}-dlq.fifo" }

  # Both kinds of queue by name, for the rule that holds for all of them.
  all_queues = merge(
    { for key, name in local.queue_names : name => { queue = aws_sqs_queue.this[key], settings = var.configurations[key] } },
    { for key, name in local.dead_letter_queue_names : name => { queue = aws_sqs_queue.dead_letter[key], settings = null } },
  )
}

# Which queues may use a dead-letter queue is left at AWS's default, the queues of this account: the
# local emulator never answers a redrive allow policy, and only the environment's own queue names
# this one.
resource "aws_sqs_queue" "dead_letter" {
  for_each = var.configurations

  name       = local.dead_letter_queue_names[each.key]
  fifo_queue = true

  # The longest there is: a failed message waits here for a person.
  message_retention_seconds = 1209600

  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300

  tags = { Name = local.dead_letter_queue_names[each.key] }
}

resource "aws_sqs_queue" "this" {
  for_each = var.configurations

  name                        = local.queue_names[each.key]
  fifo_queue                  = true
  content_based_deduplication = each.value.content_based_deduplication
  message_retention_seconds   = each.value.message_retention_seconds
  visibility_timeout_seconds  = each.value.visibility_timeout_seconds

  # Long polling: fewer empty answers, which cost as much as full ones.
  receive_wait_time_seconds = 20

  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300

  tags = { Name = local.queue_names[each.key] }

  lifecycle {
    # aws_sqs_queue_redrive_policy owns it: set inline, it differs in white space for ever.
    ignore_changes = [redrive_policy]
  }
}

resource "aws_sqs_queue_redrive_policy" "this" {
  for_each = var.configurations

  queue_url = aws_sqs_queue.this[each.key].id

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter[each.key].arn
    maxReceiveCount     = each.value.max_receive_count
  })
}

resource "aws_sqs_queue_policy" "this" {
  for_each = local.all_queues

  queue_url = each.value.queue.id

  policy = jsonencode({
    Version = "2012-10-17"

    # The local emulator drops a queue's policy whenever another attribute is set. An Id that follows
    # the settings has the policy written again after them.
    Id = "tls-only-${substr(sha256(jsonencode(each.value.settings)), 0, 8)}"

    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = each.value.queue.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_sqs_queue_redrive_policy.this]
}
