package org.captionary.app.offender;

import org.captionary.persistence.files.DatasetFormats;

/** Breaks a rule: only wiring names an adapter. */
final class NamesAnAdapter {
  DatasetFormats files;
}
