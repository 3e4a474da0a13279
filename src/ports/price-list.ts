import type { ListedProduct } from '../domain/cost/price-list/listed-product.js';

/** Products that are asked for together. */
export interface PriceListQuestion {
  /** AWS's code of the service that sells them. */
  readonly service: string;
  /** Attributes that they have, each exactly. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** AWS's list prices, which are the same for every account. */
export interface PriceList {
  /**
   * The regions that AWS lists prices for, sorted, in the partition of this one. Fails (exit 5) naming the permission
   * `pricing:GetAttributeValues`.
   */
  regions(near: string): Promise<readonly string[]>;
  /**
   * The products of a region that fit, all pages of them. Fails (exit 5) naming the permission `pricing:GetProducts`.
   * @param region the region whose prices are meant; it decides which endpoint is asked
   */
  products(region: string, question: PriceListQuestion): Promise<readonly ListedProduct[]>;
}
