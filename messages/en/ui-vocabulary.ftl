vocabulary-label = SAP labels
vocabulary-hint = Choose the labels of the SAP product that you use. The data stays the same.
vocabulary-classic-hint = Here AuthGroup.API.Admin alone is enough to view, approve and reject requests.
