// A worker thread knows no TypeScript until it is told: then it becomes the module that its maker names.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
