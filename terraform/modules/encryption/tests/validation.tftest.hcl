mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix      = "mht-api-staging"
  log_group_names  = ["mht-api-staging-application", "mht-api-staging-flow-logs"]
  alarm_topic_name = "mht-api-staging-alarms"
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # a log group wildcard
    log_group_names = ["mht-api-*"]

    # a topic arn
    alarm_topic_name = "arn:aws:sns:us-east-1:123456789012:alarms"
  }

  expect_failures = [var.name_prefix, var.log_group_names, var.alarm_topic_name]
}

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # no log groups
    log_group_names = []
  }

  expect_failures = [var.log_group_names]
}
