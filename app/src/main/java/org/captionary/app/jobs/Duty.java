package org.captionary.app.jobs;

/**
 * What is done by the clock, once on all nodes of a database. Every bean that is a duty is done;
 * {@link DutyClock} says how.
 */
interface Duty {

  /** Never changed: nodes of two versions share it. */
  String name();

  CronSetting when();

  /**
   * Does it; may be run again after it was cut off. What it throws makes it be tried again a few
   * times.
   */
  void run();
}
