output "application_log_group_name" {
  description = "Name of the application's log group."
  value       = aws_cloudwatch_log_group.application.name
}

output "application_log_group_arn" {
  description = "ARN of the application's log group."
  value       = aws_cloudwatch_log_group.application.arn
}

output "alarm_names" {
  description = "Names of the alarms."
  value       = sort([for alarm in merge(aws_cloudwatch_metric_alarm.load_balancer, aws_cloudwatch_metric_alarm.queue) : alarm.alarm_name])
}
