"""FHIR R4 and its profiles (mCODE, US Core, genomics reporting): one module for each kind of resource."""
