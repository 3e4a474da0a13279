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

run "serves_https_and_redirects_http" {
  command = plan

  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06" && aws_lb_listener.https.certificate_arn == var.certificate_arn
    error_message = "The HTTPS listener must use the certificate and TLS 1.2 or newer."
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_301"
    error_message = "HTTP must only redirect to HTTPS."
  }
}

run "is_logged_strict_and_checked_at_health" {
  command = plan

  assert {
    condition     = aws_lb.app_lb.name == "mht-api-staging-lb" && !aws_lb.app_lb.internal && aws_lb.app_lb.drop_invalid_header_fields
    error_message = "The load balancer must be public, named as given, and drop invalid headers."
  }

  assert {
    condition     = aws_lb.app_lb.access_logs[0].enabled && aws_lb.app_lb.access_logs[0].bucket == "mht-api-staging-logs-01234567"
    error_message = "Access logs must go to the logs bucket."
  }

  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/health" && aws_lb_target_group.this.port == 8080
    error_message = "The targets must be checked at /health on the application port."
  }
}

run "is_protected_when_asked" {
  command = plan

  variables {
    deletion_protection = true
  }

  assert {
    condition     = aws_lb.app_lb.enable_deletion_protection
    error_message = "The load balancer must refuse deletion."
  }
}
