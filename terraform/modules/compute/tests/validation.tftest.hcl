mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix           = "mht-api-staging"
  kms_key_arn           = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  instance_count        = 3
  instance_type         = "t3.medium"
  ami_id                = null
  root_volume_size      = 20
  subnet_ids            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id     = "sg-0123456789abcdef0"
  instance_profile_name = "mht-api-staging-instance"
  target_group_arn      = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/mht-api-staging-tg/0123456789abcdef"
  container_image       = "amygdalas/mht-api:1.0.0"
  container_port        = 8080
  log_group_name        = "mht-api-staging-application"
  secret_arn            = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mht-api-staging-application-AbCdEf"
  application_environment = {
    ENVIRONMENT  = "staging"
    DATABASE_URL = "mht-api-staging-table"
  }
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # alias as key
    kms_key_arn = "alias/mht-api-staging"

    # no instances
    instance_count = 0

    # a display name as type
    instance_type = "T3 medium"

    # an image name as ami
    ami_id = "al2023"

    # a volume too small
    root_volume_size = 4

    # no subnets
    subnet_ids = []

    # a security group name
    security_group_id = "default"

    # a profile arn
    instance_profile_name = "arn:aws:iam::123456789012:instance-profile/x"

    # a target group name
    target_group_arn = "mht-api-staging-tg"

    # an image the shell would read
    container_image = "app:1.0; reboot"

    # port zero
    container_port = 0

    # a log group with spaces
    log_group_name = "my logs"

    # a secret value
    secret_arn = "correct horse"

    # a lower case variable
    application_environment = { database = "x" }
  }

  expect_failures = [
    var.name_prefix,
    var.kms_key_arn,
    var.instance_count,
    var.instance_type,
    var.ami_id,
    var.root_volume_size,
    var.subnet_ids,
    var.security_group_id,
    var.instance_profile_name,
    var.target_group_arn,
    var.container_image,
    var.container_port,
    var.log_group_name,
    var.secret_arn,
    var.application_environment,
  ]
}

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # a value of two lines
    application_environment = { KEY = "a\nb" }
  }

  expect_failures = [var.application_environment]
}
