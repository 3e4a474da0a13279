output "secret_arn" {
  description = "ARN of the application's secret."
  value       = aws_secretsmanager_secret.this.arn
}
