mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix             = "mht-api-staging"
  kms_key_arn             = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  vpc_cidr                = "10.1.0.0/16"
  nat_gateway_per_zone    = false
  flow_log_group_name     = "mht-api-staging-flow-logs"
  flow_log_retention_days = 30
}

run "spans_two_zones" {
  command = plan

  assert {
    condition     = keys(aws_subnet.public) == ["us-east-1a", "us-east-1b"] && keys(aws_subnet.private) == ["us-east-1a", "us-east-1b"]
    error_message = "There must be a public and a private subnet in each of two zones."
  }

  assert {
    condition = [for subnet in merge(
      { for zone, subnet in aws_subnet.public : "public-${zone}" => subnet },
      { for zone, subnet in aws_subnet.private : "private-${zone}" => subnet },
    ) : subnet.cidr_block] == ["10.1.128.0/20", "10.1.144.0/20", "10.1.0.0/20", "10.1.16.0/20"]
    error_message = "The subnets' ranges must not move: they would be replaced with all that is in them."
  }

  assert {
    condition     = !anytrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch])
    error_message = "A public subnet must not hand out public addresses by itself."
  }
}

run "avoids_the_zone_that_launches_no_current_type" {
  command = plan

  assert {
    condition     = contains(data.aws_availability_zones.this.exclude_zone_ids, "use1-az3")
    error_message = "Instances must not be placed where their type does not exist."
  }
}

run "shares_one_nat_gateway" {
  command = plan

  assert {
    condition     = keys(aws_nat_gateway.this) == ["us-east-1a"] && keys(aws_route.nat) == ["us-east-1a", "us-east-1b"]
    error_message = "Both private subnets must go out through one NAT gateway."
  }
}

run "has_a_nat_gateway_per_zone" {
  command = plan

  variables {
    nat_gateway_per_zone = true
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["us-east-1a", "us-east-1b"]
    error_message = "Each zone must have its own NAT gateway."
  }
}

run "closes_the_default_security_group_and_logs_flows" {
  command = plan

  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group must have no rules."
  }

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow_logs.kms_key_id == var.kms_key_arn
    error_message = "All traffic must be logged, under the environment's key."
  }

  assert {
    condition     = [for endpoint in aws_vpc_endpoint.gateway : endpoint.service_name] == ["com.amazonaws.us-east-1.dynamodb", "com.amazonaws.us-east-1.s3"]
    error_message = "S3 and DynamoDB must be reached through gateway endpoints."
  }
}

run "lets_flow_logs_write_to_their_own_group_only" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.flow_logs.policy).Statement : toset(statement.Resource) == toset([
        "arn:aws:logs:us-east-1:123456789012:log-group:mock",
        "arn:aws:logs:us-east-1:123456789012:log-group:mock:*",
      ])
    ])
    error_message = "The flow logs' role must reach their own log group and nothing else."
  }

  assert {
    condition     = toset(jsondecode(aws_iam_role_policy.flow_logs.policy).Statement[0].Action) == toset(["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"])
    error_message = "Flow logs are delivered only with all of these permissions."
  }

  assert {
    condition     = jsondecode(aws_iam_role.flow_logs.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "The flow logs of this account alone may use the role."
  }
}
