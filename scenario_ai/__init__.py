"""The model seam: settings, budget and usage per organisation, and pure rooms that turn answers into drafts."""
