/**
 * Actions that cannot be held to a resource, by service: in the Service Authorization Reference their column "Resource
 * types" is empty, so that AWS accepts nothing but `*`, and a `*` says nothing about another environment. Names of
 * actions, `*` for the rest of a name. A service or an action that is not here counts as one that can be held to a
 * resource.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const UNSCOPABLE_ACTIONS: Readonly<Record<string, string>> = {
  acm: 'GetAccountConfiguration ListCertificates PutAccountConfiguration RequestCertificate',
  'application-autoscaling': 'Describe* GetPredictiveScalingForecast',
  athena: 'GetCatalogs GetQueryExecutions ListDataCatalogs ListEngineVersions ListWorkGroups',
  autoscaling: 'Describe* GetPredictiveScalingForecast',
  cloudformation: `DescribeAccountLimits DescribeStackDriftDetectionStatus DescribeType* EstimateTemplateCost ListExports
    ListImports ListStackSets ListStacks ListTypes ValidateTemplate`,
  cloudfront: `ListCachePolicies ListCloudFrontOriginAccessIdentities ListDistributions* ListFunctions ListKeyGroups
    ListOrigin* ListPublicKeys ListResponseHeadersPolicies ListStreamingDistributions`,
  cloudtrail: 'DescribeTrails ListEventDataStores ListPublicKeys ListTrails LookupEvents',
  // The metrics of an account are one heap; only a namespace can be asked for, by a condition.
  cloudwatch: `DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules GetMetricData GetMetricStatistics
    GetMetricWidgetImage ListDashboards ListManagedInsightRules ListMetricStreams ListMetrics PutMetricData`,
  'cognito-idp': `AssociateSoftwareToken ChangePassword Confirm* CreateUserPool DescribeUserPoolDomain ForgotPassword
    GetUser GlobalSignOut InitiateAuth ListUserPools RespondToAuthChallenge RevokeToken SignUp`,
  dynamodb: `DescribeEndpoints DescribeLimits DescribeReserved* ListBackups ListContributorInsights ListGlobalTables
    ListStreams ListTables PurchaseReservedCapacityOfferings`,
  // A few describe one resource's attribute and could be held to it. They tell no more than the lists do.
  ec2: `CreateDefault* Describe* GetAllowedImagesSettings GetDefaultCreditSpecification GetEbsDefaultKmsKeyId
    GetEbsEncryptionByDefault GetSerialConsoleAccessStatus GetSnapshotBlockPublicAccessState GetSpotPlacementScores`,
  ecr: `DescribeRegistry GetAccountSetting GetAuthorizationToken GetRegistryPolicy GetRegistryScanningConfiguration
    PutAccountSetting PutRegistry* PutReplicationConfiguration`,
  ecs: `DeregisterTaskDefinition DescribeTaskDefinition DiscoverPollEndpoint ListAccountSettings ListClusters
    ListServices* ListTaskDefinitionFamilies ListTaskDefinitions PutAccount*`,
  eks: 'CreateCluster DescribeAddonConfiguration DescribeAddonVersions DescribeClusterVersions ListAccessPolicies ListClusters',
  elasticache: 'DescribeCacheEngineVersions DescribeEngineDefaultParameters DescribeEvents DescribeServiceUpdates',
  elasticfilesystem: 'CreateFileSystem DescribeAccountPreferences PutAccountPreferences',
  elasticloadbalancing: 'Describe*',
  es: 'DescribeInstanceTypeLimits DescribePackages DescribeVpcEndpoints ListDomainNames ListVersions ListVpcEndpoints',
  events: `ListApiDestinations ListArchives ListConnections ListEndpoints ListEvent* ListReplays ListRuleNamesByTarget
    ListRules TestEventPattern`,
  firehose: 'ListDeliveryStreams',
  glue: 'GetCrawlers GetDevEndpoints GetJobs GetMapping GetPlan GetTriggers ListCrawlers ListJobs ListTriggers ListWorkflows',
  // CreateServiceLinkedRole makes a service's own role and touches no other.
  iam: `CreateAccountAlias CreateServiceLinkedRole DeleteAccount* GenerateCredentialReport GetAccount* GetCredentialReport
    GetContextKeysForCustomPolicy GetServiceLast* ListAccountAliases ListGroups ListInstanceProfiles
    ListOpenIDConnectProviders ListPolicies ListRoles ListSAMLProviders ListServerCertificates ListUsers
    ListVirtualMFADevices SimulateCustomPolicy UpdateAccount*`,
  kafka: 'GetBootstrapBrokers GetCompatibleKafkaVersions ListClusters* ListConfigurations ListKafkaVersions',
  kinesis: 'DescribeAccountSettings DescribeLimits ListStreams',
  kms: `ConnectCustomKeyStore CreateCustomKeyStore CreateKey DescribeCustomKeyStores GenerateRandom ListAliases ListKeys
    ListRetirableGrants`,
  lambda: `CreateCodeSigningConfig CreateEventSourceMapping GetAccountSettings ListCodeSigningConfigs
    ListEventSourceMappings ListFunctions ListLayerVersions ListLayers`,
  logs: `CancelExportTask CreateLogDelivery DeleteLogDelivery DeleteQueryDefinition DeleteResourcePolicy
    DescribeAccountPolicies DescribeDeliver* DescribeDestinations DescribeExportTasks DescribeLogGroups DescribeQueries
    DescribeQueryDefinitions DescribeResourcePolicies GetLogDelivery ListLogDeliveries ListLogGroups* PutAccountPolicy
    PutQueryDefinition PutResourcePolicy StopQuery Test* UpdateLogDelivery`,
  rds: `DescribeAccountAttributes DescribeCertificates DescribeDBEngineVersions DescribeEngine* DescribeEventCategories
    DescribeEvents DescribeOptionGroupOptions DescribeOrderableDBInstanceOptions DescribeSourceRegions`,
  route53: `CreateHealthCheck CreateHostedZone CreateReusableDelegationSet CreateTrafficPolicy GetAccountLimit
    GetCheckerIpRanges GetGeoLocation GetHealthCheckCount GetHostedZoneCount ListGeoLocations ListHealthChecks
    ListHostedZones* ListReusableDelegationSets ListTrafficPolicies TestDNSAnswer`,
  s3: `CreateJob GetAccountPublicAccessBlock ListAccessGrantsInstances ListAccessPoints* ListAllMyBuckets ListJobs
    ListMultiRegionAccessPoints ListStorage* PutAccountPublicAccessBlock`,
  scheduler: 'ListScheduleGroups ListSchedules*',
  secretsmanager: 'BatchGetSecretValue GetRandomPassword ListSecrets',
  servicediscovery:
    'CreateHttpNamespace CreatePrivateDnsNamespace CreatePublicDnsNamespace ListNamespaces ListServices',
  ses: 'Describe* GetAccount* GetSend* ListConfigurationSets ListContactLists ListIdentities ListReceipt* ListTemplates',
  sns: `CheckIfPhoneNumberIsOptedOut CreatePlatform* CreateSMSSandboxPhoneNumber GetSMS* ListPhoneNumbersOptedOut
    ListPlatformApplications ListSMSSandboxPhoneNumbers ListSubscriptions ListTopics OptInPhoneNumber SetSMSAttributes`,
  sqs: 'ListQueues',
  // The last line: the agent on an instance speaks of that instance. Its ARN is not known before it exists, and AWS's
  // own AmazonSSMManagedInstanceCore allows the same on `*`.
  // Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
  ssm: `CancelCommand CreateActivation DescribeActivations DescribeAutomationExecutions DescribeAvailablePatches
    DescribeInstanceInformation DescribeInstanceProperties DescribeOpsItems DescribeParameters DescribePatch*
    DescribeSessions GetCommandInvocation GetDeployablePatchSnapshotForInstance GetInventory* GetManifest ListAssociations
    ListCommandInvocations ListCommands ListCompliance* ListDocuments ListInventoryEntries ListOps* ListResource*
    PutConfigurePackageResult PutInventory
    ListInstanceAssociations PutComplianceItems UpdateInstanceAssociationStatus UpdateInstanceInformation`,
  states: 'ListActivities ListStateMachines SendTask* TestState ValidateStateMachineDefinition',
  sts: `DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetServiceBearerToken GetSessionToken
    GetWebIdentityToken`,
  wafv2: 'CheckCapacity Describe* ListAvailable* ListIPSets ListLoggingConfigurations ListRuleGroups ListWebACLs',
};
