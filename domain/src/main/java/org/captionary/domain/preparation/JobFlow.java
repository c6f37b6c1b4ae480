package org.captionary.domain.preparation;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;

/**
 * Leads jobs from phase to phase. What comes next is decided by what is committed, under a lock on
 * the job, so any node may ask at any time and as often as it likes.
 */
final class JobFlow {

  private final Ports ports;
  private final InstantSource clock;
  private final JobEnd end;
  private final Map<Phase, PhaseWork> phases = new EnumMap<>(Phase.class);

  JobFlow(Ports ports, Provenance.Environment environment, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
    this.end = new JobEnd(ports, clock);
    PhotoImport photos = new PhotoImport(ports);
    Encoder encoder = new Encoder(ports);
    phases.put(Phase.LOOK, new LookPhase(ports, photos));
    phases.put(Phase.READ, new ReadPhase(ports, photos));
    phases.put(Phase.SEAL, new SealPhase(ports, end));
    phases.put(Phase.CLEAN, new CleanPhase(ports));
    phases.put(Phase.COUNT, new CountPhase(ports));
    phases.put(Phase.FIT, new FitPhase(ports));
    phases.put(Phase.MEASURE, new MeasurePhase(ports, encoder));
    phases.put(Phase.ENCODE, new EncodePhase(ports, encoder));
    phases.put(Phase.EXTRACT, new ExtractPhase(ports));
    phases.put(Phase.PUBLISH, new PublishPhase(ports, end, environment, clock));
  }

  PhaseWork work(Phase phase) {
    return phases.get(phase);
  }

  /** Begins whatever a job waits for no longer. */
  void advance(JobId id) {
    try {
      Optional<Phase> over = ports.unit().call(() -> leave(id));
      // A phase without work is over as soon as it begins.
      while (over.isPresent()) {
        ports.queue().wake();
        announce(id, over.get());
        over = ports.unit().call(() -> leave(id));
      }
    } catch (InvalidInputException e) {
      fail(id, e.getMessage());
    }
  }

  /** Says that a step ended, if one did with the phase. */
  private void announce(JobId id, Phase over) {
    if (over.next().orElseThrow().beginsStep()) {
      Job job = ports.jobs().find(id).orElseThrow();
      announce(job, over.step());
    }
  }

  void announceEnd(Job job) {
    announce(job, StepName.FEATURES);
    ports.observer().jobEnded(job);
  }

  private void announce(Job job, StepName step) {
    ports.observer().stepEnded(job, ports.jobs().steps(job.id()).get(step.ordinal()));
  }

  /** Ends a job that cannot go on. */
  void fail(JobId id, String reason) {
    ports.unit().run(() -> end.failed(id, reason));
    ports.jobs().find(id).ifPresent(ports.observer()::jobEnded);
  }

  /** Begins the next phase if a job's is over, and gives the one that is. */
  private Optional<Phase> leave(JobId id) {
    Optional<Phase> over = over(ports.jobs().find(id));
    // Most chunks are not the last of their phase: the lock is taken only for those that seem so.
    if (over.isPresent()) {
      Optional<Job> job = ports.jobs().lock(id);
      over = over(job);
      over.flatMap(Phase::next).ifPresent(phase -> begin(job.get(), phase));
    }
    return over;
  }

  private Optional<Phase> over(Optional<Job> job) {
    return job.filter(found -> found.state() == JobState.RUNNING)
        .flatMap(Job::phase)
        .filter(phase -> phase.next().isPresent())
        .filter(phase -> !ports.chunks().hasOpen(job.get().id(), phase));
  }

  /** Begins a phase; the steps before it are over. */
  private void begin(Job job, Phase phase) {
    job.phase()
        .filter(before -> before.step() != phase.step())
        .ifPresent(before -> endStep(job, before.step()));
    PhaseWork.Plan plan = work(phase).plan(job);
    if (phase.beginsStep() || phase == Phase.READ) {
      ports.jobs().stepStarted(job.id(), phase.step(), plan.done(), plan.total(), clock.instant());
    }
    ports.jobs().enter(job.id(), phase);
    ports.chunks().plan(job.id(), phase, plan.chunks());
    ports.queue().enqueue(job, ports.chunks().open(job.id(), phase));
  }

  private void endStep(Job job, StepName step) {
    ports.jobs().stepEnded(job.id(), step, clock.instant());
  }

  /** Puts into the queue what may be missing there. */
  void reconcile(Job job) {
    job.phase().ifPresent(phase -> ports.unit().run(() -> ports.enqueueOpen(job, phase)));
  }

  /** A chunk has left the queue: puts back what is to be run after all. */
  void left(Job job, ChunkId id) {
    if (ports.chunks().isOpen(id)) {
      ports.unit().run(() -> ports.queue().enqueue(job, List.of(id)));
      ports.queue().wake();
    } else if (over(Optional.of(job)).isPresent()) {
      reconcile(job);
      ports.queue().wake();
    }
  }
}
