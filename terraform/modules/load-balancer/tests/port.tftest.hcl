# Applied, so without override_during: Terraform refuses an apply whose mocked values differ from its plan's.
mock_provider "aws" {
  source = "../../tests/mocks"
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

run "is_applied_with_one_port" {
  assert {
    condition     = aws_lb_target_group.this.port == 8080
    error_message = "A new target group must have the application's port."
  }
}

run "keeps_its_target_group_when_the_port_changes" {
  command = plan

  variables {
    target_port = 9090
  }

  assert {
    condition     = aws_lb_target_group.this.port == 8080
    error_message = "A target group in use by a listener cannot be replaced: its default port must stay."
  }
}
