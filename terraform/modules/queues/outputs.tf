output "queue_urls" {
  description = "URLs of the queues by key."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.url }
}

output "queue_arns" {
  description = "ARNs of the queues by key."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.arn }
}

output "queue_names" {
  description = "Names of the queues by key."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.name }
}

output "dead_letter_queue_urls" {
  description = "URLs of the dead-letter queues by the key of the queue they serve."
  value       = { for key, queue in aws_sqs_queue.dead_letter : key => queue.url }
}

output "dead_letter_queue_names" {
  description = "Names of the dead-letter queues by the key of the queue they serve."
  value       = { for key, queue in aws_sqs_queue.dead_letter : key => queue.name }
}
