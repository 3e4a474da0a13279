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

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # alias as key
    kms_key_arn = "alias/mht-api-staging"

    # a log group with spaces
    log_group_name = "my logs"

    # logs for ever
    log_retention_days = 0

    # a topic arn
    alarm_topic_name = "arn:aws:sns:us-east-1:123456789012:alarms"

    # a name as address
    alarm_email_addresses = ["oncall"]

    # a load balancer arn
    load_balancer_arn_suffix = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1"

    # a target group arn
    target_group_arn_suffix = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/1"

    # a depth of zero
    queue_alarms = {
      feedback = {
        queue_name             = "q.fifo"
        dead_letter_queue_name = "q-dlq.fifo"
        max_depth              = 0
      }
    }
  }

  expect_failures = [
    var.name_prefix,
    var.kms_key_arn,
    var.log_group_name,
    var.log_retention_days,
    var.alarm_topic_name,
    var.alarm_email_addresses,
    var.load_balancer_arn_suffix,
    var.target_group_arn_suffix,
    var.queue_alarms,
  ]
}
