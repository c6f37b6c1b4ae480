package org.captionary.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.captionary.app.body.BatchMemory;
import org.captionary.domain.training.BatchReader;
import org.captionary.domain.training.KeptFigures;

/** What is kept in memory and of what use it is, and what batches on their way take of it. */
@Singleton
final class MemoryMeters {

  private final MeterRegistry registry;

  MemoryMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void bind(@Observes StartupEvent started, BatchReader reader, BatchMemory memory) {
    kept("photos", reader, BatchReader::keptPhotos);
    kept("texts", reader, BatchReader::keptTexts);
    FunctionCounter.builder("captionary.memory.refusals", memory, BatchMemory::refusals)
        .description("Batches and whole sets that were refused as too many large ones were sent")
        .register(registry);
    Gauge.builder("captionary.memory.taken", memory, BatchMemory::takenBytes)
        .description("Memory that batches and whole sets under way have taken")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("captionary.memory.limit", memory, BatchMemory::totalBytes)
        .description("Memory that batches and whole sets under way may take together")
        .baseUnit("bytes")
        .register(registry);
  }

  private void kept(String what, BatchReader reader, Function<BatchReader, KeptFigures> figures) {
    FunctionCounter.builder("captionary.kept.hits", reader, r -> figures.apply(r).hits())
        .description("Look-ups of batches that found in memory what they needed")
        .tag("what", what)
        .register(registry);
    FunctionCounter.builder("captionary.kept.misses", reader, r -> figures.apply(r).misses())
        .description("Look-ups of batches that had to ask the database")
        .tag("what", what)
        .register(registry);
    Gauge.builder("captionary.kept", reader, r -> figures.apply(r).bytes())
        .description("About what is kept in memory, most of it beside the heap")
        .tag("what", what)
        .baseUnit("bytes")
        .register(registry);
  }
}
