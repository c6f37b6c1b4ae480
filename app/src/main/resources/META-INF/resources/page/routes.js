// Every view and its address.

import { dataset } from "./dataset.js";
import { datasets } from "./datasets.js";
import { job } from "./job.js";
import { jobs } from "./jobs.js";
import { overview } from "./overview.js";
import { photo } from "./photo.js";
import { photos } from "./photos.js";
import { preparation } from "./preparation.js";
import { preparations } from "./preparations.js";
import { prepare } from "./prepare.js";
import { pull } from "./pull.js";
import { quarantine } from "./quarantine.js";
import { register } from "./register.js";
import { route } from "./router.js";
import { vocabulary } from "./vocabulary.js";

route("/", overview);
route("/datasets", datasets);
route("/register", register);
route("/datasets/:name", dataset);
route("/datasets/:name/quarantine", quarantine);
route("/datasets/:name/prepare", prepare);
route("/preparations", preparations);
route("/preparations/:id", preparation);
route("/preparations/:id/vocabulary", vocabulary);
route("/preparations/:id/photos", photos);
route("/preparations/:id/photos/from/:from", photos);
route("/preparations/:id/photos/:photo", photo);
route("/preparations/:id/pull", pull);
route("/jobs", jobs);
route("/jobs/:id", job);
