output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.app_lb.arn
}

output "arn_suffix" {
  description = "The load balancer as CloudWatch's metrics name it."
  value       = aws_lb.app_lb.arn_suffix
}

output "dns_name" {
  description = "The load balancer's own host name."
  value       = aws_lb.app_lb.dns_name
}

output "zone_id" {
  description = "Hosted zone of the load balancer's own host name, for alias records."
  value       = aws_lb.app_lb.zone_id
}

output "target_group_arn" {
  description = "ARN of the target group."
  value       = aws_lb_target_group.this.arn
}

output "target_group_arn_suffix" {
  description = "The target group as CloudWatch's metrics name it."
  value       = aws_lb_target_group.this.arn_suffix
}
