output "data_bucket_name" {
  description = "Name of the data bucket."
  value       = aws_s3_bucket.this["data"].bucket
}

output "data_bucket_arn" {
  description = "ARN of the data bucket."
  value       = aws_s3_bucket.this["data"].arn
}

output "logs_bucket_name" {
  description = "Name of the logs bucket, once it admits log delivery."
  value       = aws_s3_bucket.this["logs"].bucket

  # A load balancer is refused while its log bucket's policy is missing.
  depends_on = [aws_s3_bucket_policy.this]
}
