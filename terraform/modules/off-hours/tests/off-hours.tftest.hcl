mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix  = "mht-api-staging"
  environment  = "staging"
  instance_ids = ["i-0123456789abcdef0", "i-0123456789abcdef1"]
  kms_key_arn  = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  start        = "07:05"
  stop         = "20:00"
  weekdays     = ["mon", "tue", "fri"]
  time_zone    = "Europe/Berlin"
}

run "stops_and_starts_at_the_hours" {
  command = plan

  assert {
    condition     = { for key, schedule in aws_scheduler_schedule.this : key => schedule.schedule_expression } == { start = "cron(5 7 ? * MON,TUE,FRI *)", stop = "cron(0 20 ? * MON,TUE,FRI *)" }
    error_message = "The schedules must start and stop at the hours of the days."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.schedule_expression_timezone == "Europe/Berlin" && schedule.flexible_time_window[0].mode == "OFF"])
    error_message = "The hours are those of the time zone, to the minute."
  }

  assert {
    condition     = { for key, schedule in aws_scheduler_schedule.this : key => schedule.target[0].arn } == { start = "arn:aws:scheduler:::aws-sdk:ec2:startInstances", stop = "arn:aws:scheduler:::aws-sdk:ec2:stopInstances" }
    error_message = "Each schedule must call EC2 for what it is called."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.target[0].input == jsonencode({ InstanceIds = var.instance_ids })])
    error_message = "Both must name the environment's instances and no others."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.target[0].retry_policy[0].maximum_event_age_in_seconds <= 3600])
    error_message = "What failed in the evening must not be done the next day."
  }
}

run "names_carry_the_environment" {
  command = plan

  assert {
    condition     = output.schedule_names == { start = "mht-api-staging-off-hours-start", stop = "mht-api-staging-off-hours-stop" }
    error_message = "The schedules must name the environment."
  }

  assert {
    condition     = aws_iam_role.this.name == "mht-api-staging-off-hours" && aws_scheduler_schedule_group.this.name == "mht-api-staging-off-hours"
    error_message = "Role and group must name the environment."
  }
}

run "the_role_can_do_only_that" {
  command = plan

  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Action])) == toset(["ec2:StartInstances", "ec2:StopInstances", "kms:CreateGrant"])
    error_message = "The role must be able to stop, to start, and to let EC2 open the volumes."
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [statement.Resource, statement.Condition] if statement.Sid == "StopAndStartOwnInstances"] == [[
      ["arn:aws:ec2:us-east-1:123456789012:instance/*"],
      { StringEquals = { "aws:ResourceTag/Environment" = "staging" } },
    ]]
    error_message = "Only instances of this account and region with the environment's tag may be stopped and started."
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [statement.Resource, statement.Condition] if statement.Sid == "LetEc2OpenOwnVolumes"] == [[
      [var.kms_key_arn],
      { Bool = { "kms:GrantIsForAWSResource" = "true" }, StringEquals = { "kms:ViaService" = "ec2.us-east-1.amazonaws.com" } },
    ]]
    error_message = "The key may be granted to EC2 alone."
  }
}

run "only_the_groups_schedules_take_the_role" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "123456789012"
          "aws:SourceArn"     = "arn:aws:scheduler:us-east-1:123456789012:schedule-group/mock"
        }
      }
    }]
    error_message = "Neither another account nor another group of schedules may take the role."
  }
}
