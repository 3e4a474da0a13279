output "instance_ids" {
  description = "Ids of the instances."
  value       = aws_instance.this[*].id
}

output "instance_names" {
  description = "Names of the instances, in the order of instance_ids."
  value       = local.instance_names
}
