package org.captionary.app.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.captionary.app.jobs.StopSignal;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.preparation.JobQueue;
import org.captionary.domain.preparation.JobRunner;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.Provenance;
import org.captionary.domain.training.BatchReader;
import org.captionary.domain.training.ExampleRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the domain's services out of its ports. */
@ApplicationScoped
class ServicesWiring {

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  JobService jobService(Ports ports, JobQueue queue, InstantSource clock) {
    return new JobService(ports, queue, clock);
  }

  @Produces
  @Singleton
  JobRunner jobRunner(
      Ports ports,
      InstantSource clock,
      StopSignal stop,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    return new JobRunner(ports, environment(version), clock, stop::isGiven);
  }

  @Produces
  @Singleton
  BatchReader batchReader(
      ExampleRepository examples,
      PhotoRepository photos,
      @ConfigProperty(name = "captionary.batches.max-bytes") long maxBytes) {
    return new BatchReader(examples, photos, maxBytes);
  }

  private static Provenance.Environment environment(String version) {
    String machine =
        "%s %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    return new Provenance.Environment(version, Runtime.version().toString(), machine);
  }
}
