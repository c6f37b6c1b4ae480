/** What a monitoring system is told, at {@code /q/metrics}; nothing here decides anything. */
package org.captionary.app.metrics;
