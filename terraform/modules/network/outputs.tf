output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Ids of the public subnets, one a zone, once they reach the internet."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]

  # A load balancer is refused in a VPC whose gateway is not attached yet.
  depends_on = [aws_route.internet, aws_route_table_association.public]
}

output "private_subnet_ids" {
  description = "Ids of the private subnets, one a zone, once they reach the internet through NAT."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]

  # An instance installs packages when it first boots; without a way out it never recovers.
  depends_on = [aws_route.nat, aws_route_table_association.private, aws_vpc_endpoint.gateway]
}
