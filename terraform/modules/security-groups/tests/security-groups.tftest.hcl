mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix    = "mht-api-staging"
  vpc_id         = "vpc-0123456789abcdef0"
  container_port = 8080
}

run "is_named_as_the_reference_says" {
  command = plan

  assert {
    condition     = aws_security_group.alb.name_prefix == "mht-api-staging-alb-sg-" && aws_security_group.instance.name_prefix == "mht-api-staging-instance-sg-"
    error_message = "The groups must be called <project>-<environment>-alb-sg-* and -instance-sg-*."
  }
}

run "opens_the_internet_to_the_load_balancer_alone" {
  command = plan

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.alb : key => rule.from_port } == { http = 80, https = 443 }
    error_message = "The load balancer must be open on 80 and 443, and on nothing else."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.instance.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.instance.from_port == 8080 && aws_vpc_security_group_ingress_rule.instance.to_port == 8080
    error_message = "The instances must admit the load balancer's group on the application port, and no address range."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.alb.cidr_ipv4 == null && aws_vpc_security_group_egress_rule.alb.from_port == 8080 && aws_vpc_security_group_egress_rule.alb.to_port == 8080
    error_message = "The load balancer must reach the instances' group on the application port, and nothing else."
  }

  assert {
    condition     = alltrue([for rule in concat(values(aws_vpc_security_group_ingress_rule.alb), [aws_vpc_security_group_egress_rule.alb, aws_vpc_security_group_ingress_rule.instance, aws_vpc_security_group_egress_rule.instance]) : length(rule.description) > 0])
    error_message = "Each rule must say what it is for."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.instance.from_port == 443 && aws_vpc_security_group_egress_rule.instance.to_port == 443
    error_message = "The instances must reach out by HTTPS only."
  }
}
