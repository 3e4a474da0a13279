/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { GetProductsCommand, PricingClient, paginateGetAttributeValues } from '@aws-sdk/client-pricing';
