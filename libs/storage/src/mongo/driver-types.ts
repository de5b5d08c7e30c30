import type mongoose from 'mongoose';

// The driver that mongoose brings: no second copy of it, and none loaded for its types.
export type Db = mongoose.mongo.Db;
export type Collection = mongoose.mongo.Collection;
