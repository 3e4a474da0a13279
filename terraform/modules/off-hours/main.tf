data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  account_id = data.aws_caller_identity.this.account_id
  partition  = data.aws_partition.this.partition
  region     = data.aws_region.this.name

  name = "${var.name_prefix}-off-hours"
  days = join(",", [for day in var.weekdays : upper(day)])

  # The call of EC2's API that each schedule makes, and when.
  schedules = {
    start = { action = "startInstances", at = split(":", var.start) }
    stop  = { action = "stopInstances", at = split(":", var.stop) }
  }
}

resource "aws_scheduler_schedule_group" "this" {
  name = local.name

  tags = { Name = local.name }
}

resource "aws_iam_role" "this" {
  name        = local.name
  description = "EventBridge Scheduler, to stop and start the instances of ${var.name_prefix}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      # Schedules of this group alone: not of another account, nor others of this one.
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = local.account_id
          "aws:SourceArn"     = aws_scheduler_schedule_group.this.arn
        }
      }
    }]
  })

  tags = { Name = local.name }
}

# EC2's API has no filter by tag in these calls: the schedules name the instances, and the tag decides
# whether the role may.
resource "aws_iam_role_policy" "this" {
  name = local.name
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "StopAndStartOwnInstances"
        Effect   = "Allow"
        Action   = ["ec2:StartInstances", "ec2:StopInstances"]
        Resource = ["arn:${local.partition}:ec2:${local.region}:${local.account_id}:instance/*"]
        Condition = {
          StringEquals = { "aws:ResourceTag/Environment" = var.environment }
        }
      },
      {
        # Without it an instance with encrypted volumes goes back to stopped as soon as it is started:
        # whoever starts it lets EC2 use the key of its volumes, and EC2 alone. Source:
        # https://docs.aws.amazon.com/solutions/latest/instance-scheduler-on-aws/security-1.html
        Sid      = "LetEc2OpenOwnVolumes"
        Effect   = "Allow"
        Action   = ["kms:CreateGrant"]
        Resource = [var.kms_key_arn]
        Condition = {
          Bool         = { "kms:GrantIsForAWSResource" = "true" }
          StringEquals = { "kms:ViaService" = "ec2.${local.region}.amazonaws.com" }
        }
      },
    ]
  })
}

# Knowingly not encrypted with the environment's key (CKV_AWS_297): a schedule holds ids of instances
# and nothing secret, and a key that cannot be used would leave the instances running.
resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name        = "${local.name}-${each.key}"
  description = "${title(each.key)} the instances of ${var.name_prefix}"
  group_name  = aws_scheduler_schedule_group.this.name

  schedule_expression          = "cron(${tonumber(each.value.at[1])} ${tonumber(each.value.at[0])} ? * ${local.days} *)"
  schedule_expression_timezone = var.time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:${local.partition}:scheduler:::aws-sdk:ec2:${each.value.action}"
    role_arn = aws_iam_role.this.arn
    input    = jsonencode({ InstanceIds = var.instance_ids })

    # Repeated for half an hour and no longer. By default it would be for a day: what failed at night
    # would then be done in the middle of somebody's work.
    retry_policy {
      maximum_event_age_in_seconds = 1800
      maximum_retry_attempts       = 20
    }
  }

  depends_on = [aws_iam_role_policy.this]
}
