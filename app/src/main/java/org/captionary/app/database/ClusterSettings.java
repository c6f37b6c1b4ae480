package org.captionary.app.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server settings that every start gives on the command line, where no file and no {@code ALTER
 * SYSTEM} can undo them.
 */
final class ClusterSettings {

  private static final Map<String, String> SETTINGS = settings();

  private ClusterSettings() {}

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    // What was committed is there after a power cut.
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    // Reached from this machine alone, by TCP and with a password; no socket file to guard.
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("max_connections", "40");
    // The log is one file for the life of the server: warnings, and no statement's text.
    settings.put("logging_collector", "off");
    settings.put("log_checkpoints", "off");
    settings.put("log_min_error_statement", "panic");
    return settings;
  }

  /** The settings as the {@code -o} of {@code pg_ctl}, which a shell reads. */
  static String commandLine(int port) {
    return SETTINGS.entrySet().stream()
        .map(setting -> "-c %s='%s'".formatted(setting.getKey(), setting.getValue()))
        .collect(Collectors.joining(" ", "-p " + port + " ", ""));
  }
}
