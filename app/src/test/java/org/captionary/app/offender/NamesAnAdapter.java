package org.captionary.app.offender;

import org.captionary.persistence.files.Flickr8kFiles;

/** Breaks a rule: only wiring names an adapter. */
final class NamesAnAdapter {
  Flickr8kFiles files;
}
