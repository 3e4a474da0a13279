# name_prefix and create_before_destroy: a group in use cannot be deleted, so its replacement has to
# exist beside it for a moment, under another name.

resource "aws_security_group" "alb" {
  name_prefix = "${var.name_prefix}-alb-sg-"
  description = "Load balancer: HTTP and HTTPS from the internet, the application port to the instances"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name_prefix}-alb-sg" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "instance" {
  name_prefix = "${var.name_prefix}-instance-sg-"
  description = "Instances: the application port from the load balancer, HTTPS out"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name_prefix}-instance-sg" }

  lifecycle {
    create_before_destroy = true
  }
}

# A public API is open to everyone, and port 80 only answers with a redirect to 443 (scanners that
# ask for a closed port 80 are knowingly not satisfied).
resource "aws_vpc_security_group_ingress_rule" "alb" {
  for_each = { http = 80, https = 443 }

  security_group_id = aws_security_group.alb.id
  description       = "${upper(each.key)} from the internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value

  tags = { Name = "${var.name_prefix}-alb-${each.key}" }
}

# The two rules between the groups ignore changes of their description: the local emulator forgets
# that of a rule that refers to a group, and every plan would set it again.
resource "aws_vpc_security_group_egress_rule" "alb" {
  security_group_id            = aws_security_group.alb.id
  description                  = "Application port to the instances"
  referenced_security_group_id = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port

  tags = { Name = "${var.name_prefix}-alb-to-instances" }

  lifecycle {
    ignore_changes = [description]
  }
}

resource "aws_vpc_security_group_ingress_rule" "instance" {
  security_group_id            = aws_security_group.instance.id
  description                  = "Application port from the load balancer"
  referenced_security_group_id = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port

  tags = { Name = "${var.name_prefix}-instances-from-alb" }

  lifecycle {
    ignore_changes = [description]
  }
}

# AWS's APIs, the package repositories and the image registry have no fixed addresses.
resource "aws_vpc_security_group_egress_rule" "instance" {
  security_group_id = aws_security_group.instance.id
  description       = "HTTPS to AWS APIs, package repositories and the image registry"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = { Name = "${var.name_prefix}-instances-https-out" }
}
