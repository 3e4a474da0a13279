data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  alarm_arn_prefix = "arn:${data.aws_partition.this.partition}:cloudwatch:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:alarm"

  # One alarm a row, so that they differ only in what they watch.
  load_balancer_alarms = {
    alb-5xx = {
      description = "The load balancer itself answers with errors: no healthy target, or targets that break the connection"
      metric      = "HTTPCode_ELB_5XX_Count"
      statistic   = "Sum"
      threshold   = 10
      dimensions  = { LoadBalancer = var.load_balancer_arn_suffix }
    }
    target-5xx = {
      description = "The application answers with errors"
      metric      = "HTTPCode_Target_5XX_Count"
      statistic   = "Sum"
      threshold   = 10
      dimensions  = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }
    }
    unhealthy-hosts = {
      description = "Instances fail the health check"
      metric      = "UnHealthyHostCount"
      statistic   = "Maximum"
      threshold   = 0
      dimensions  = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }
    }
  }

  queue_alarms = merge(
    {
      for key, queue in var.queue_alarms : "processing-${key}-depth" => {
        description = "More messages wait than the application keeps up with"
        threshold   = queue.max_depth
        queue_name  = queue.queue_name
      }
    },
    {
      for key, queue in var.queue_alarms : "processing-${key}-dlq-not-empty" => {
        description = "Messages failed every try and wait for a person"
        threshold   = 0
        queue_name  = queue.dead_letter_queue_name
      }
    },
  )
}

resource "aws_cloudwatch_log_group" "application" {
  name = var.log_group_name

  # Staging keeps logs for less than the year that CKV_AWS_338 asks for, to save cost.
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn

  tags = { Name = var.log_group_name }
}

resource "aws_sns_topic" "alarms" {
  name              = var.alarm_topic_name
  kms_master_key_id = var.kms_key_arn

  tags = { Name = var.alarm_topic_name }
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsOfThisEnvironment"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = {
          ArnLike = {
            "aws:SourceArn" = [
              for key in concat(keys(local.load_balancer_alarms), keys(local.queue_alarms)) :
              "${local.alarm_arn_prefix}:${var.name_prefix}-${key}"
            ]
          }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.alarm_email_addresses

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_metric_alarm" "load_balancer" {
  for_each = local.load_balancer_alarms

  alarm_name          = "${var.name_prefix}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/ApplicationELB"
  metric_name         = each.value.metric
  statistic           = each.value.statistic
  dimensions          = each.value.dimensions
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3

  # No requests, no data: that is quiet, not broken.
  treat_missing_data = "notBreaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]

  tags = { Name = "${var.name_prefix}-${each.key}" }
}

resource "aws_cloudwatch_metric_alarm" "queue" {
  for_each = local.queue_alarms

  alarm_name          = "${var.name_prefix}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  dimensions          = { QueueName = each.value.queue_name }
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold

  # One look in five minutes is soon enough for a backlog. SQS reports nothing at all for an idle queue.
  period             = 300
  evaluation_periods = 1
  treat_missing_data = "notBreaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]

  tags = { Name = "${var.name_prefix}-${each.key}" }
}
