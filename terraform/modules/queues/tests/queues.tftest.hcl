mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix = "mht-api-staging"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  configurations = {
    feedback = {
      message_retention_seconds  = 86400
      visibility_timeout_seconds = 60
      max_receive_count          = 2
    }
    exports = {
      message_retention_seconds   = 3600
      visibility_timeout_seconds  = 300
      max_receive_count           = 5
      content_based_deduplication = false
    }
  }
}

run "gives_each_key_a_fifo_queue_and_a_dead_letter_queue" {
  command = plan

  assert {
    condition = output.queue_names == {
      exports  = "mht-api-staging-processing-exports.fifo"
      feedback = "mht-api-staging-processing-feedback.fifo"
    }
    error_message = "A queue must be called <project>-<environment>-processing-<key>.fifo."
  }

  assert {
    condition = output.dead_letter_queue_names == {
      exports  = "mht-api-staging-processing-exports-dlq.fifo"
      feedback = "mht-api-staging-processing-feedback-dlq.fifo"
    }
    error_message = "A dead-letter queue must be called <project>-<environment>-processing-<key>-dlq.fifo."
  }

  assert {
    condition     = alltrue([for queue in merge(aws_sqs_queue.this, { for key, queue in aws_sqs_queue.dead_letter : "${key}-dlq" => queue }) : queue.fifo_queue && queue.kms_master_key_id == var.kms_key_arn])
    error_message = "Every queue must be FIFO and encrypted with the environment's key."
  }
}

run "applies_each_queues_configuration" {
  command = plan

  assert {
    condition     = aws_sqs_queue.this["feedback"].message_retention_seconds == 86400 && aws_sqs_queue.this["feedback"].visibility_timeout_seconds == 60 && aws_sqs_queue.this["feedback"].content_based_deduplication
    error_message = "A queue must be configured as its entry says."
  }

  assert {
    condition     = !aws_sqs_queue.this["exports"].content_based_deduplication && jsondecode(aws_sqs_queue_redrive_policy.this["exports"].redrive_policy).maxReceiveCount == 5
    error_message = "Each queue must have its own configuration."
  }
}

run "refuses_requests_without_tls" {
  command = plan

  assert {
    condition     = length(aws_sqs_queue_policy.this) == 4 && alltrue([for policy in aws_sqs_queue_policy.this : jsondecode(policy.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"])
    error_message = "Every queue, the dead-letter queues included, must refuse requests without TLS."
  }
}

run "may_have_no_queues" {
  command = plan

  variables {
    configurations = {}
  }

  assert {
    condition     = length(output.queue_urls) == 0
    error_message = "No entries must make no queues."
  }
}
