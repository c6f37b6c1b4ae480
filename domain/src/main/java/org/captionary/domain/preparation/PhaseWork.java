package org.captionary.domain.preparation;

import java.util.List;

/** How the work of one phase is cut and done. */
interface PhaseWork {

  /** Cuts a job's phase into chunks, in the unit of work in which the phase begins. */
  Plan plan(Job job);

  /**
   * Works on a chunk, and commits it.
   *
   * @throws org.captionary.domain.InvalidInputException if the user has to mend something, which
   *     fails the job
   */
  void run(Job job, Chunk chunk, ChunkCommit commit);

  /**
   * The chunks of a phase.
   *
   * @param done units of the step that need no work
   * @param total units of the step
   * @param chunks the arguments of each; none if there is nothing to do
   */
  record Plan(long done, long total, List<List<String>> chunks) {

    static Plan of(long total, List<List<String>> chunks) {
      return new Plan(0, total, chunks);
    }

    /** One chunk, whose units are not counted. */
    static Plan one() {
      return of(0, List.of(List.of()));
    }
  }
}
