package org.captionary.domain.offenders;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Each method calls one thing whose result depends on machine or moment. */
public final class Unsteady {

  public Object newRandom() {
    return new Random();
  }

  public Object newSplittableRandom() {
    return new SplittableRandom();
  }

  public Object threadLocalRandom() {
    return ThreadLocalRandom.current();
  }

  public Object mathRandom() {
    return Math.random();
  }

  public void shuffle(List<String> list) {
    Collections.shuffle(list);
  }

  public Object toLowerCase(String text) {
    return text.toLowerCase();
  }

  public Object toUpperCase(String text) {
    return text.toUpperCase();
  }

  public Object toLowerCaseByReference(List<String> texts) {
    return texts.stream().map(String::toLowerCase).toList();
  }

  public Object format(int number) {
    return String.format("%d", number);
  }

  public Object formatted(int number) {
    return "%d".formatted(number);
  }

  public Object instantNow() {
    return Instant.now();
  }

  public Object dateNow() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  public Object timeNow() {
    return LocalTime.now(ZoneOffset.UTC);
  }

  public Object dateTimeNow() {
    return LocalDateTime.now(ZoneOffset.UTC);
  }

  public Object currentTimeMillis() {
    return System.currentTimeMillis();
  }

  public Object nanoTime() {
    return System.nanoTime();
  }

  public Object randomUuid() {
    return UUID.randomUUID();
  }

  public Object systemUtcClock() {
    return Clock.systemUTC();
  }

  public Object systemClock() {
    return Clock.system(ZoneOffset.UTC);
  }

  public Object systemDefaultZoneClock() {
    return Clock.systemDefaultZone();
  }

  public Object systemInstantSource() {
    return InstantSource.system();
  }
}
