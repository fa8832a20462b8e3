drop procedure grant_serving_rights;
