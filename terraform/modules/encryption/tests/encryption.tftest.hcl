mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix      = "mht-api-staging"
  log_group_names  = ["mht-api-staging-application", "mht-api-staging-flow-logs"]
  alarm_topic_name = "mht-api-staging-alarms"
}

run "rotates_and_is_named_after_the_environment" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation
    error_message = "The key must rotate."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/mht-api-staging"
    error_message = "The alias must name the environment."
  }
}

run "admits_only_this_account_and_its_own_log_groups" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this.policy).Statement :
      can(statement.Principal.AWS) ? statement.Principal.AWS == "arn:aws:iam::123456789012:root" : can(statement.Condition)
    ])
    error_message = "A principal of the key must be this account's root, or a service under a condition."
  }

  assert {
    condition = jsondecode(aws_kms_key.this.policy).Statement[1].Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"] == [
      "arn:aws:logs:us-east-1:123456789012:log-group:mht-api-staging-application",
      "arn:aws:logs:us-east-1:123456789012:log-group:mht-api-staging-flow-logs",
    ]
    error_message = "CloudWatch Logs must be held to the environment's own log groups, by their full names."
  }

  assert {
    condition     = jsondecode(aws_kms_key.this.policy).Statement[2].Condition.ArnEquals["kms:EncryptionContext:aws:sns:topicArn"] == "arn:aws:sns:us-east-1:123456789012:mht-api-staging-alarms"
    error_message = "CloudWatch alarms must be held to the environment's own topic."
  }
}
