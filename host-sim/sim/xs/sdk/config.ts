import { world } from './world';

/** Moddable's `mc/config`. */
export default world.config;
