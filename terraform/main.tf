module "encryption" {
  source = "./modules/encryption"

  name_prefix      = local.name_prefix
  log_group_names  = values(local.log_group_names)
  alarm_topic_name = local.alarm_topic_name
}

module "network" {
  source = "./modules/network"

  name_prefix             = local.name_prefix
  vpc_cidr                = var.vpc_cidr
  nat_gateway_per_zone    = var.nat_gateway_per_zone
  flow_log_group_name     = local.log_group_names.flow_logs
  flow_log_retention_days = var.log_retention_days
  kms_key_arn             = module.encryption.key_arn
}

module "security_groups" {
  source = "./modules/security-groups"

  name_prefix    = local.name_prefix
  vpc_id         = module.network.vpc_id
  container_port = var.container_port
}

module "storage" {
  source = "./modules/storage"

  data_bucket_name           = "${local.name_prefix}-${var.data_bucket_suffix}-${local.bucket_hash}"
  logs_bucket_name           = "${local.name_prefix}-logs-${local.bucket_hash}"
  kms_key_arn                = module.encryption.key_arn
  log_retention_days         = var.s3_log_retention_days
  enable_intelligent_tiering = var.enable_s3_intelligent_tiering
  deletion_protection        = var.deletion_protection
}

module "database" {
  source = "./modules/database"

  name_prefix         = local.name_prefix
  kms_key_arn         = module.encryption.key_arn
  deletion_protection = var.deletion_protection
}

module "queues" {
  source = "./modules/queues"

  name_prefix    = local.name_prefix
  kms_key_arn    = module.encryption.key_arn
  configurations = var.sqs_queue_configurations
}

module "secrets" {
  source = "./modules/secrets"

  name_prefix         = local.name_prefix
  kms_key_arn         = module.encryption.key_arn
  deletion_protection = var.deletion_protection
}

module "identity" {
  source = "./modules/identity"

  name_prefix     = local.name_prefix
  container_image = var.container_image
  bucket_arn      = module.storage.data_bucket_arn
  table_arn       = module.database.table_arn
  queue_arns      = values(module.queues.queue_arns)
  secret_arn      = module.secrets.secret_arn
  kms_key_arn     = module.encryption.key_arn
  log_group_arn   = module.monitoring.application_log_group_arn
}

module "dns" {
  source = "./modules/dns"

  dns_name               = var.dns_name
  hosted_zone_name       = var.hosted_zone_name
  name_prefix            = local.name_prefix
  load_balancer_dns_name = module.alb[0].dns_name
  load_balancer_zone_id  = module.alb[0].zone_id
}

module "alb" {
  source = "./modules/load-balancer"

  # One, always: the index is part of the address module.alb[0].aws_lb.app_lb, by which existing
  # load balancers are imported.
  count = 1

  name                = local.load_balancer_name
  target_group_name   = "${local.name_prefix}-tg"
  vpc_id              = module.network.vpc_id
  subnet_ids          = module.network.public_subnet_ids
  security_group_id   = module.security_groups.alb_security_group_id
  certificate_arn     = module.dns.certificate_arn
  target_port         = var.container_port
  access_logs_bucket  = module.storage.logs_bucket_name
  deletion_protection = var.deletion_protection
}

module "compute" {
  source = "./modules/compute"

  name_prefix             = local.name_prefix
  instance_count          = var.instance_count
  instance_type           = var.instance_type
  ami_id                  = var.ami_id
  root_volume_size        = var.root_volume_size
  subnet_ids              = module.network.private_subnet_ids
  security_group_id       = module.security_groups.instance_security_group_id
  instance_profile_name   = module.identity.instance_profile_name
  kms_key_arn             = module.encryption.key_arn
  target_group_arn        = module.alb[0].target_group_arn
  container_image         = var.container_image
  container_port          = var.container_port
  log_group_name          = module.monitoring.application_log_group_name
  secret_arn              = module.secrets.secret_arn
  application_environment = local.application_environment
}

module "off_hours" {
  source = "./modules/off-hours"
  count  = var.off_hours == null ? 0 : 1

  name_prefix  = local.name_prefix
  environment  = var.environment
  instance_ids = module.compute.instance_ids
  kms_key_arn  = module.encryption.key_arn
  start        = var.off_hours.start
  stop         = var.off_hours.stop
  weekdays     = var.off_hours.weekdays
  time_zone    = var.off_hours.time_zone
}

module "monitoring" {
  source = "./modules/monitoring"

  name_prefix              = local.name_prefix
  kms_key_arn              = module.encryption.key_arn
  log_group_name           = local.log_group_names.application
  log_retention_days       = var.log_retention_days
  alarm_topic_name         = local.alarm_topic_name
  alarm_email_addresses    = var.alarm_email_addresses
  load_balancer_arn_suffix = module.alb[0].arn_suffix
  target_group_arn_suffix  = module.alb[0].target_group_arn_suffix

  queue_alarms = var.enable_sqs_cloudwatch_alarms ? {
    for key, queue in var.sqs_queue_configurations : key => {
      queue_name             = module.queues.queue_names[key]
      dead_letter_queue_name = module.queues.dead_letter_queue_names[key]
      max_depth              = queue.alarm_max_depth
    }
  } : {}
}
