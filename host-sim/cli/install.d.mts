/** What the packages take on the disk, in MB, as npm leaves them. */
export declare const PACKAGES_MB: Readonly<Record<'product' | 'tools', number>>;
