mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix            = "mht-api-staging"
  dns_name               = "staging.api.amygdalas.com"
  hosted_zone_name       = "amygdalas.com"
  load_balancer_dns_name = "mht-api-staging-lb-0123456789.us-east-1.elb.amazonaws.com"
  load_balancer_zone_id  = "Z35SXDOTRQ7X7K"
}

run "points_the_name_at_the_load_balancer" {
  command = plan

  assert {
    condition     = aws_route53_record.this.name == "staging.api.amygdalas.com" && aws_route53_record.this.alias[0].name == var.load_balancer_dns_name
    error_message = "The name must be an alias of the load balancer."
  }

  assert {
    condition     = aws_route53_record.this.zone_id == data.aws_route53_zone.this.zone_id
    error_message = "The record must be in the zone that was looked up."
  }
}

run "validates_the_certificate_by_dns" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.domain_name == "staging.api.amygdalas.com" && aws_acm_certificate.this.validation_method == "DNS"
    error_message = "The certificate must be for the name, validated by DNS."
  }

  assert {
    condition     = length(aws_route53_record.validation) == 1
    error_message = "The validation record must be in the zone."
  }
}
