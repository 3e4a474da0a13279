mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name                = "mht-api-staging-lb"
  target_group_name   = "mht-api-staging-tg"
  vpc_id              = "vpc-0123456789abcdef0"
  subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id   = "sg-0123456789abcdef0"
  certificate_arn     = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  target_port         = 8080
  access_logs_bucket  = "mht-api-staging-logs-01234567"
  deletion_protection = false
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # a name too long
    name = "a-project-name-much-too-long-staging-lb"

    # a target group name too long
    target_group_name = "a-project-name-much-too-long-staging-tg"

    # a vpc name
    vpc_id = "mht-api-staging-vpc"

    # a single subnet
    subnet_ids = ["subnet-0123456789abcdef0"]

    # a security group name
    security_group_id = "mht-api-staging-alb-sg"

    # a certificate domain
    certificate_arn = "staging.api.amygdalas.com"

    # port zero
    target_port = 0

    # a bucket arn
    access_logs_bucket = "arn:aws:s3:::mht-api-staging-logs"
  }

  expect_failures = [
    var.name,
    var.target_group_name,
    var.vpc_id,
    var.subnet_ids,
    var.security_group_id,
    var.certificate_arn,
    var.target_port,
    var.access_logs_bucket,
  ]
}
