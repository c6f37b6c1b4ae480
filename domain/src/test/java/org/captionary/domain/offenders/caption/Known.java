package org.captionary.domain.offenders.caption;

/** What a photo class may not know. */
public final class Known {}
