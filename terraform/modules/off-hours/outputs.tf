output "schedule_names" {
  description = "Names of the schedules, by what they do."
  value       = { for key, schedule in aws_scheduler_schedule.this : key => schedule.name }
}

output "role_arn" {
  description = "ARN of the role that may stop and start the environment's instances."
  value       = aws_iam_role.this.arn
}
