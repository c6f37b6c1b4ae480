package org.captionary.inference.offender;

import org.captionary.app.jobs.StopSignal;
import org.captionary.persistence.files.Flickr8kFiles;

/** Breaks two rules: an adapter that knows another, and one that knows the application. */
final class KnowsPersistence {
  Flickr8kFiles files;
  StopSignal stop;
}
