mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix              = "mht-api-staging"
  kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  log_group_name           = "mht-api-staging-application"
  log_retention_days       = 30
  alarm_topic_name         = "mht-api-staging-alarms"
  alarm_email_addresses    = ["oncall@example.com"]
  load_balancer_arn_suffix = "app/mht-api-staging-lb/0123456789abcdef"
  target_group_arn_suffix  = "targetgroup/mht-api-staging-tg/0123456789abcdef"
  queue_alarms = {
    feedback = {
      queue_name             = "mht-api-staging-processing-feedback.fifo"
      dead_letter_queue_name = "mht-api-staging-processing-feedback-dlq.fifo"
      max_depth              = 50
    }
  }
}

run "watches_load_balancer_and_queues" {
  command = plan

  assert {
    condition = output.alarm_names == tolist([
      "mht-api-staging-alb-5xx",
      "mht-api-staging-processing-feedback-depth",
      "mht-api-staging-processing-feedback-dlq-not-empty",
      "mht-api-staging-target-5xx",
      "mht-api-staging-unhealthy-hosts",
    ])
    error_message = "There must be alarms for errors, unhealthy instances, deep queues and dead letters."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue["processing-feedback-depth"].threshold == 50 && aws_cloudwatch_metric_alarm.queue["processing-feedback-dlq-not-empty"].threshold == 0
    error_message = "A queue alarms above its depth, a dead-letter queue at the first message."
  }

  assert {
    condition     = alltrue([for alarm in merge(aws_cloudwatch_metric_alarm.load_balancer, aws_cloudwatch_metric_alarm.queue) : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "Every alarm must go to the environment's topic."
  }
}

run "leaves_queues_out_when_not_asked" {
  command = plan

  variables {
    queue_alarms = {}
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.queue) == 0
    error_message = "No queues given must make no queue alarms."
  }
}

run "encrypts_topic_and_logs" {
  command = plan

  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.kms_key_arn && aws_cloudwatch_log_group.application.kms_key_id == var.kms_key_arn
    error_message = "Topic and log group must use the environment's key."
  }

  assert {
    condition     = contains(jsondecode(aws_sns_topic_policy.alarms.policy).Statement[0].Condition.ArnLike["aws:SourceArn"], "arn:aws:cloudwatch:us-east-1:123456789012:alarm:mht-api-staging-alb-5xx")
    error_message = "The topic must admit the environment's own alarms, by their full names."
  }

  assert {
    condition     = keys(aws_sns_topic_subscription.email) == ["oncall@example.com"]
    error_message = "Each address must be asked to subscribe."
  }
}
