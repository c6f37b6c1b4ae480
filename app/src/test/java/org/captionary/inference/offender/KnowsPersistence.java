package org.captionary.inference.offender;

import org.captionary.app.jobs.StopSignal;
import org.captionary.persistence.files.DatasetFormats;

/** Breaks two rules: an adapter that knows another, and one that knows the application. */
final class KnowsPersistence {
  DatasetFormats files;
  StopSignal stop;
}
