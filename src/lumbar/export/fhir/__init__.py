"""The record as a FHIR R4 bundle, for systems that do not know lumbar."""

from lumbar.export.fhir.bundle import FhirBundle

__all__ = ["FhirBundle"]
