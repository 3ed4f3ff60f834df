package dev.rondo.api.spi;

/** What an activation may ask for. */
public interface ActivationScope extends Scope {}
